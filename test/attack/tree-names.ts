/** Most audited first: the worlds draw by Zipf's law. */
export const INDUSTRIES = [
  "textiles",
  "electronics",
  "food",
  "chemicals",
  "furniture",
  "toys",
  "metal",
  "packaging",
  "footwear",
  "logistics",
  "jewellery",
  "glass",
];

/** ISO 3166 and the region that it lies in. */
export const COUNTRIES: readonly (readonly [country: string, region: string])[] = [
  ["CN", "eastern-asia"],
  ["IN", "southern-asia"],
  ["VN", "south-eastern-asia"],
  ["BD", "southern-asia"],
  ["TR", "western-asia"],
  ["IT", "southern-europe"],
  ["PT", "southern-europe"],
  ["PL", "eastern-europe"],
  ["DE", "western-europe"],
  ["MX", "central-america"],
  ["US", "northern-america"],
  ["ID", "south-eastern-asia"],
  ["TH", "south-eastern-asia"],
  ["PK", "southern-asia"],
  ["KH", "south-eastern-asia"],
  ["RO", "eastern-europe"],
  ["MA", "northern-africa"],
  ["EG", "northern-africa"],
  ["BR", "south-america"],
  ["TW", "eastern-asia"],
  ["ES", "southern-europe"],
  ["FR", "western-europe"],
  ["GB", "northern-europe"],
  ["KE", "eastern-africa"],
];

export const TIERS = ["1", "2", "3"];
