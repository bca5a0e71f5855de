import vine from '@vinejs/vine'
import { parseChannel } from '#services/realtime/index'

const MAX_CHANNELS = 100

const channelNames = vine.createRule((value, _options, field) => {
  const names = String(value).split(',')
  if (names.length > MAX_CHANNELS)
    field.report(`One stream carries at most ${MAX_CHANNELS} channels.`, 'channels', field)
  else if (!names.every(parseChannel))
    field.report('A channel is named t/<workspace>/<kind>/<record>.', 'channels', field)
})

/** `?channels=a,b` becomes the list of channels, each once. */
export const eventsValidator = vine.create({
  channels: vine
    .string()
    .use(channelNames())
    .transform((names) =>
      [...new Set(names.split(','))].flatMap((name) => parseChannel(name) ?? [])
    ),
})
