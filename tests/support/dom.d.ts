// Functions handed to page.evaluate() are written here and run in a browser. That the rest stays away from the
// browser's globals is a rule of eslint.config.js.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/// <reference lib="dom.asynciterable" />
