// What the server answers to its commands; see src/server/requests/execute_command in the repository.

/** A place in a file. */
export interface Place {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** How duties stand. */
export interface Summary {
  readonly needed: number;
  readonly covered: number;
  readonly open: number;
  /** How many duties only an empty seat has. */
  readonly empty: number;
  readonly unclear: number;
  readonly clashes: number;
  readonly misplaced: number;
}

export type UnitKind = "team" | "product";
export type SeatState = "held" | "vacant" | "unsaid";

// --- rolelint.overview --------------------------------------------------------------------------------------------

export interface Overview {
  /** How many files are checked as role files. */
  readonly files: number;
  readonly left_out: number;
  readonly groups: readonly Group[];
}

/** A product with its teams, or a team without a product. */
export interface Group {
  readonly kind: UnitKind;
  readonly id: string;
  readonly name: string | null;
  /** Whether a file defines it; else only teams name it. */
  readonly defined: boolean;
  readonly location: Place;
  readonly summary: Summary;
  readonly units: readonly Unit[];
}

export interface Unit {
  readonly kind: UnitKind;
  readonly id: string;
  readonly name: string | null;
  readonly location: Place;
  readonly seats: readonly Seat[];
}

export interface Seat {
  readonly title: string;
  readonly state: SeatState;
  readonly cover: string | null;
  readonly location: Place;
  readonly holders: readonly Holder[];
}

export interface Holder {
  readonly name: string;
  readonly person: string;
  readonly status: "permanent" | "interim" | "acting";
  readonly location: Place;
}

// --- rolelint.coverage --------------------------------------------------------------------------------------------

export interface CoverageAnswer {
  readonly coverage: Coverage;
  readonly markdown: string;
}

export interface Coverage {
  readonly kind: UnitKind;
  readonly id: string;
  readonly name: string | null;
  readonly label: string;
  readonly model: string;
  readonly defined: boolean;
  readonly teams: readonly { readonly id: string; readonly name: string | null }[];
  readonly seats: readonly CoverageSeat[];
  readonly duties: readonly CoverageDuty[];
  readonly summary: Summary;
}

export interface CoverageSeat {
  readonly role: string | null;
  /** The roles whose duties are its own. */
  readonly answers_for: readonly string[];
  readonly title: string;
  readonly unit_kind: UnitKind;
  readonly unit: string;
  readonly holders: readonly CoverageHolder[];
  readonly state: SeatState;
  readonly cover: CoverageHolder | null;
  /** Whether nobody does its work. */
  readonly empty: boolean;
  readonly assumed: boolean;
  readonly location?: Place;
}

export interface CoverageHolder {
  readonly name: string;
  readonly status: "permanent" | "interim" | "acting";
}

export interface CoverageDuty {
  readonly duty: string;
  readonly title: string;
  readonly role: string;
  readonly owner: string;
  readonly horizon: string | null;
  readonly core: boolean;
  readonly state: "spare" | "covered" | "shared" | "assumed" | "unclear" | "empty" | "open";
  readonly missing_in: readonly string[];
  readonly cells: readonly CoverageCell[];
}

export interface CoverageCell {
  readonly has: "nothing" | "part" | "responsible" | "accountable" | "assumed" | "perhaps" | "recognized" | "pinned";
  readonly verdict: "fine" | "wrong_seat" | "clash";
  readonly location?: Place;
}
