/**
 * Tokens in a text when nobody counted them: four UTF-16 units each, rounded up. Within about a third
 * of the truth for English; figures made from it are marked as estimated.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4)
}
