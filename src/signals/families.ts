/** Families of signals; a family's bits into P are capped because its members are correlated (SIGNALS.md §6.4). */
export interface FamilyInfo {
  readonly title: string;
  /** Most bits the family can add to P, HARD signals apart; null for families that never touch P. */
  readonly capBits: number | null;
  /** The same while nothing of it was confirmed by two people of the organisation; absent where nobody confirms. */
  readonly unconfirmedCapBits?: number;
}

export type Family =
  | "identity"
  | "history"
  | "lifecycle"
  | "network"
  | "behaviour"
  | "secrets"
  | "change"
  | "access"
  | "intel";

export const FAMILIES: Readonly<Record<Family, FamilyInfo>> = {
  identity: { title: "Identity consistency", capBits: 5 },
  history: { title: "History authenticity", capBits: 6 },
  lifecycle: { title: "Account lifecycle", capBits: 4 },
  network: { title: "Network", capBits: 5 },
  behaviour: { title: "Contribution behaviour", capBits: 2 },
  secrets: { title: "Leaked material", capBits: 4 },
  change: { title: "The change", capBits: null },
  access: { title: "Access", capBits: null },
  // What others say is worth knowing and alone no reason for a review, which begins at five, until two people here agree.
  intel: { title: "Reported by others", capBits: 8, unconfirmedCapBits: 3 },
};
