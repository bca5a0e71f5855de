export const FIRST_QUESTION = `We must publish the January timetable of the night ferry by Friday. Two drafts are on the table:

A, as last year: 22:40 from Harbour, 6 h 20 crossing, arrives before the market opens.
B, slower and cheaper: 21:30 departure, 7 h 45 at lower speed, 18 % less fuel.

Freight likes A, the accountants like B. What do we do?`

export const FIRST_ANSWER = `The question has two decisions in it, and only one is due on Friday: **what we print for January**. Which speed we sail from February on can wait for the January figures.

### What each draft rests on

| | A, 22:40 | B, 21:30 |
|---|---|---|
| Has to be true | freight pays for the arrival time | foot passengers can be on board 70 min earlier |
| Costs | full fuel | one train connection (21:12) is missed |
| To undo | at any time | not before the next printed timetable |

The fuel saving is measured: 18 % on the trial sailings of October. That freight would leave us over an arrival 15 minutes later is **assumed**; nobody has asked the three forwarders who book 71 % of the deck.

### Recommendation

Print **A** for January, and sail B's speed on the two weakest nights, Monday and Tuesday, announced as a trial. Reasons:

1. It can be undone. A printed 21:30 binds us for a season.
2. It buys the missing fact for two nights' risk instead of seven.
3. It saves about 5 % of the month's fuel on the way.

I am fairly sure, about 75 %. Two of the three forwarders saying in writing that arrival by 06:00 does not matter to them would turn me to B at once.

### Next

- Tobias calls the three forwarders until **Thursday noon**.
- Mara sends the timetable to print on **Friday, 10:00**.
- The trial counts as good if Monday and Tuesday lose less than 4 % of deck metres by 31 January.`

export const SECOND_QUESTION = `Thorn, before I call them: what is wrong with this plan? I do not want to hear in February that the trial proved nothing.`

export const SECOND_ANSWER = `In its strongest form: *keep the safe timetable, learn about speed on cheap nights, decide in February on figures.* That is a good shape. Three things would make it prove nothing.

1. **Monday and Tuesday are not a sample of the week.** Their freight is empties and building material; nobody waits for it at six. If they lose nothing, that says nothing about Thursday's fish. *Cheapest change:* make one of the two nights a Thursday, in the second half of the month only.
2. **4 % is inside the noise.** Deck metres on those nights swung between -9 % and +11 % week on week last winter, so eight sailings cannot show a loss of 4 %. *Cheapest change:* count cancelled and moved bookings per forwarder instead, and ask each customer who moves why. That is a signal even at small numbers.
3. **The call will be answered politely.** "Does 06:00 matter to you?" costs nothing to affirm. *Ask instead:* "We would take 3 % off for a guaranteed arrival at 06:15. Shall I put you down for it?" A yes to a price is evidence.

What I could not fault: printing A. The 21:12 connection alone makes B's departure a promise one does not make by Friday.

Deal with the **second** point first: agree today what result would end the trial, in writing, before the first sailing.

\`\`\`text
Trial ends early   two forwarders move a standing booking because of the arrival
Trial succeeds     no standing booking moved by 31 January, fuel at least 15 % lower
Anything else      three more weeks, then decide on what there is
\`\`\``
