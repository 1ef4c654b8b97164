/** A word as it sounds when spelt in haste: one spelling for `mueller`, `muller` and `muler`. */
export function soundOf(word: string): string {
  const plainer = word
    .replace(/[^a-z0-9]/g, "")
    .replace(/ue/g, "u")
    .replace(/oe/g, "o")
    .replace(/ae/g, "a")
    .replace(/ph/g, "f")
    .replace(/ck|q|c(?![hi])/g, "k")
    .replace(/[zx]/g, "s")
    .replace(/w/g, "v")
    .replace(/[yj]/g, "i")
    .replace(/(?<=.)h/g, "");
  const first = plainer.slice(0, 1);
  return (first + plainer.slice(1).replace(/[aeiou]/g, "")).replace(/(.)\1+/g, "$1");
}
