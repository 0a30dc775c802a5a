// The matrix of people and duties: what each cell shows, what it says to a screen reader, and where it leads.

import type { Coverage, CoverageCell, CoverageDuty, CoverageHolder, CoverageSeat, Place } from "../protocol.ts";

/** What a cell looks like. */
export type Look =
  | "has"
  | "assumed"
  | "perhaps"
  | "part"
  | "accountable"
  | "responsible"
  | "clash"
  | "wrong"
  | "hole"
  | "nothing";

export interface Cell {
  readonly look: Look;
  /** What is said of it: "has it", "nobody has it". */
  readonly words: string;
  readonly place: Place | undefined;
}

export interface Column {
  /** Who sits there, or that nobody does. */
  readonly who: string;
  readonly isEmpty: boolean;
  readonly title: string;
  /** The team, where there are several. */
  readonly unit: string;
  readonly place: Place | undefined;
}

export interface Row {
  readonly duty: string;
  readonly title: string;
  readonly horizon: string;
  readonly cells: readonly Cell[];
  /** Whether anybody has it, in a word or two. */
  readonly result: string;
  readonly standing: "good" | "bad" | "unclear" | "free";
  /** Whether somebody should look at it. */
  readonly needsAttention: boolean;
}

/** The duties that the catalog gives to one role. */
export interface Section {
  readonly owner: string;
  readonly rows: readonly Row[];
}

export interface Matrix {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly sections: readonly Section[];
  /** Seats that have to do with no duty of the catalog. */
  readonly others: readonly Column[];
}

/** The matrix of a product or team. */
export function matrix(coverage: Coverage): Matrix {
  const shown = coverage.seats
    .map((seat, at) => ({ seat, at }))
    .filter(({ seat, at }) => coverage.duties.some((duty) => isConcerned(duty, seat, at)));
  const others = coverage.seats.filter((seat) => !shown.some((one) => one.seat === seat));
  const sections = new Map<string, Row[]>();
  for (const duty of coverage.duties) {
    const rows = sections.get(duty.owner) ?? [];
    sections.set(duty.owner, rows);
    rows.push(
      row(
        duty,
        shown.map(({ seat, at }) => cell(duty, seat, duty.cells[at])),
      ),
    );
  }
  return {
    title: coverage.name ?? (coverage.id === "" ? coverage.label : coverage.id),
    columns: shown.map(({ seat }) => column(seat, coverage)),
    sections: [...sections].map(([owner, rows]) => ({ owner, rows })),
    others: others.map((seat) => column(seat, coverage)),
  };
}

function isConcerned(duty: CoverageDuty, seat: CoverageSeat, at: number): boolean {
  return (duty.cells[at]?.has ?? "nothing") !== "nothing" || isHole(duty, seat);
}

/** Whether a duty is missing on a seat: nobody has it, and the catalog gives it to a role that this seat answers for. */
function isHole(duty: CoverageDuty, seat: CoverageSeat): boolean {
  if (!duty.core || duty.state !== "open" || !seat.answers_for.includes(duty.role)) return false;
  return duty.missing_in.length === 0 || seat.unit_kind === "product" || duty.missing_in.includes(seat.unit);
}

function named(holder: CoverageHolder): string {
  return holder.status === "permanent" ? holder.name : `${holder.name} (${holder.status})`;
}

function column(seat: CoverageSeat, coverage: Coverage): Column {
  const cover = seat.cover === null ? "" : `, covered by ${seat.cover.name}`;
  const isEmpty = seat.state !== "held";
  const nobody = seat.state === "vacant" ? `vacant${cover}` : seat.state === "held" ? "held" : "nobody is named";
  return {
    who: seat.holders.length > 0 ? seat.holders.map(named).join(", ") : nobody,
    isEmpty,
    title: seat.title,
    unit: coverage.teams.length > 1 || seat.unit !== coverage.id ? seat.unit : "",
    place: seat.location,
  };
}

const WORDS: Readonly<Record<CoverageCell["has"], readonly [Look, string]>> = {
  pinned: ["has", "has it"],
  recognized: ["has", "has it"],
  assumed: ["assumed", "assumed, since no duties are listed"],
  perhaps: ["perhaps", "a line may mean it"],
  part: ["part", "has a part in it"],
  accountable: ["accountable", "accountable"],
  responsible: ["responsible", "responsible"],
  nothing: ["nothing", "does not have it"],
};

function cell(duty: CoverageDuty, seat: CoverageSeat, given: CoverageCell | undefined): Cell {
  const [look, words] = WORDS[given?.has ?? "nothing"];
  const place = given?.location ?? (look === "nothing" ? undefined : seat.location);
  if (given?.verdict === "clash") {
    return { look: "clash", words: `${words}, and so has somebody else`, place };
  }
  if (given?.verdict === "wrong_seat") {
    return { look: "wrong", words: `${words}, and the catalog gives it to the ${duty.owner}`, place };
  }
  if (duty.core && duty.state === "empty" && seat.empty && look !== "nothing") {
    return { look: "hole", words: "nobody sits here to do it", place };
  }
  if (look === "nothing" && isHole(duty, seat)) {
    return { look: "hole", words: "nobody has it, and it belongs here", place: seat.location };
  }
  return { look, words, place };
}

function row(duty: CoverageDuty, cells: readonly Cell[]): Row {
  const [result, standing] = outcome(duty, cells);
  return {
    duty: duty.duty,
    title: duty.title,
    horizon: duty.horizon === null ? "" : `${duty.horizon} term`,
    cells,
    result,
    standing,
    needsAttention:
      standing === "bad" || standing === "unclear" || cells.some(({ look }) => look === "clash" || look === "wrong"),
  };
}

function outcome(duty: CoverageDuty, cells: readonly Cell[]): [string, Row["standing"]] {
  if (cells.some(({ look }) => look === "clash")) return ["held twice", "bad"];
  if (duty.state !== "open" && cells.some(({ look }) => look === "wrong")) return ["misplaced", "unclear"];
  switch (duty.state) {
    case "open": {
      if (!duty.core) return ["not needed", "free"];
      const where = duty.missing_in.length === 0 ? "" : ` in ${duty.missing_in.join(", ")}`;
      return [`nobody${where}`, "bad"];
    }
    case "empty":
      return duty.core ? ["empty seat", "bad"] : ["not needed", "free"];
    case "unclear":
      return ["not clear", "unclear"];
    case "spare":
      return ["not needed", "free"];
    case "assumed":
      return ["assumed", "good"];
    case "shared":
      return ["shared", "good"];
    case "covered":
      return ["covered", "good"];
  }
}
