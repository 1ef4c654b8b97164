import { type AddressesCompared, compareAddresses } from "./compare-addresses.ts";
import { compareNames, type NamesCompared } from "./compare-names.ts";
import type { Prepared } from "./prepared.ts";

export interface Compared {
  readonly names: NamesCompared;
  readonly addresses: AddressesCompared;
}

export const compare = (a: Prepared, b: Prepared): Compared => ({
  names: compareNames(a, b),
  addresses: compareAddresses(a, b),
});

const is = (fact: boolean): number => (fact ? 1 : 0);

/** What the learnt table weighs, 0 to 1 each: facts about both, the same whichever is named first. */
export function featuresOf({ names, addresses }: Compared) {
  const { known } = addresses;
  const name = (names.least + names.most) / 2;
  const sameStreet = addresses.street === "equal" || addresses.street === "near";
  const house = is(addresses.number === "equal" && sameStreet);
  const otherNumber = is(addresses.number === "different" || addresses.labelsDiffer.length > 0);
  return {
    nameEqual: is(names.equal),
    nameLeast: names.least,
    nameMost: names.most,
    nameDice: names.dice,
    nameOwn: names.own,
    nameApart: names.apart,
    nameTradesApart: is(names.tradesApart),
    nameNumbersDiffer: is(names.numbersDiffer),
    nameAcronym: is(names.acronym),
    addressEqual: is(addresses.equal),
    addressLeast: addresses.least,
    addressMost: addresses.most,
    addressDice: addresses.dice,
    addressApart: addresses.apart,
    numberEqual: is(addresses.number === "equal"),
    numberDifferent: is(addresses.number === "different"),
    streetEqual: is(addresses.street === "equal"),
    streetDifferent: is(addresses.street === "different"),
    postcodeEqual: is(addresses.postcode === "equal"),
    postcodeDifferent: is(addresses.postcode === "different"),
    directionsDiffer: is(addresses.directionsDiffer),
    kindsDiffer: is(addresses.kindsDiffer),
    labelsShared: Math.min(2, addresses.labelsShared.length) / 2,
    labelsDiffer: is(addresses.labelsDiffer.length > 0),
    house,
    houseAndName: house * name,
    houseAndNameDice: house * names.dice,
    houseAndNameMost: house * names.most,
    houseAndNameApart: house * names.apart,
    houseAndTradesApart: house * is(names.tradesApart),
    tellingNameNoClash: names.own * (Math.min(2, names.telling) / 2) * (1 - otherNumber) * is(known),
    addressAndName: addresses.dice * name,
    sameNameElsewhere: name * addresses.apart,
    sameNameOtherNumber: name * otherNumber,
  };
}

export type Features = ReturnType<typeof featuresOf>;
export type FeatureName = keyof Features;
