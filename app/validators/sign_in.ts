import vine from '@vinejs/vine'

export const signInValidator = vine.create({
  email: vine.string().trim().maxLength(254).email(),
})

export const linkUseValidator = vine.create({
  anyBrowser: vine.boolean().optional(),
})
