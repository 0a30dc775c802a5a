// A small organisation, as the server tells of it.

import type { Coverage, CoverageDuty, CoverageSeat, Group, Overview, Place, Summary } from "../../src/protocol.ts";

export function place(file: string, line: number): Place {
  const at = { line, character: 2 };
  return { uri: `file:///org/${file}.roles.yaml`, range: { start: at, end: { ...at, character: 9 } } };
}

export const CALM: Summary = { needed: 4, covered: 4, open: 0, empty: 0, unclear: 0, clashes: 0, misplaced: 0 };

export const SHOP: Group = {
  kind: "product",
  id: "shop",
  name: "The shop",
  defined: true,
  location: place("shop", 0),
  summary: { ...CALM, covered: 2, open: 2, clashes: 1 },
  units: [
    {
      kind: "product",
      id: "shop",
      name: "The shop",
      location: place("shop", 0),
      seats: [
        {
          title: "Product Manager",
          state: "held",
          cover: null,
          location: place("shop", 2),
          holders: [{ name: "Ana Lima", person: "ana", status: "permanent", location: place("shop", 2) }],
        },
      ],
    },
    {
      kind: "team",
      id: "checkout",
      name: null,
      location: place("checkout", 0),
      seats: [
        {
          title: "Product Owner",
          state: "held",
          cover: null,
          location: place("checkout", 3),
          holders: [
            { name: "ben", person: "ben", status: "acting", location: place("checkout", 3) },
            { name: "Eve Müller", person: "eve", status: "permanent", location: place("checkout", 4) },
          ],
        },
        { title: "Scrum Master", state: "vacant", cover: "Ana Lima", location: place("checkout", 5), holders: [] },
        { title: "florist", state: "unsaid", cover: null, location: place("checkout", 6), holders: [] },
      ],
    },
  ],
};

export const ALONE: Group = {
  kind: "team",
  id: "data",
  name: "Data",
  defined: true,
  location: place("data", 0),
  summary: CALM,
  units: [{ kind: "team", id: "data", name: "Data", location: place("data", 0), seats: [] }],
};

export const OVERVIEW: Overview = { files: 3, left_out: 0, groups: [SHOP, ALONE] };

const seat = (seat: Partial<CoverageSeat>): CoverageSeat => ({
  role: null,
  answers_for: seat.role === undefined || seat.role === null ? [] : [seat.role],
  title: "",
  unit_kind: "team",
  unit: "checkout",
  holders: [],
  state: "held",
  cover: null,
  empty: false,
  assumed: false,
  ...seat,
});

const duty = (duty: Partial<CoverageDuty>): CoverageDuty => ({
  duty: "",
  title: "",
  role: "product-manager",
  owner: "Product Manager",
  horizon: null,
  core: true,
  state: "covered",
  missing_in: [],
  cells: [],
  ...duty,
});

const nothing = { has: "nothing", verdict: "fine" } as const;

/** One seat out of two, which answers for both. */
export const BOTH = seat({
  role: "popm",
  answers_for: ["product-manager", "product-owner"],
  title: "Product Owner and Product Manager",
  holders: [{ name: "Chen Wei", status: "permanent" }],
  location: place("checkout", 9),
});

export const COVERAGE: Coverage = {
  kind: "product",
  id: "shop",
  name: "The <b>shop</b>",
  label: "product `shop`",
  model: "two-roles",
  defined: true,
  teams: [{ id: "checkout", name: null }],
  seats: [
    seat({
      role: "product-manager",
      title: "Product Manager",
      unit_kind: "product",
      unit: "shop",
      holders: [{ name: "Ana Lima", status: "permanent" }],
      location: place("shop", 2),
    }),
    seat({ role: "product-owner", title: "Product Owner", holders: [{ name: "Ben", status: "permanent" }], location: place("checkout", 3) }),
    seat({ role: "scrum-master", title: "Scrum Master", state: "vacant", location: place("checkout", 5) }),
  ],
  duties: [
    duty({
      duty: "roadmap",
      title: "Roadmap",
      horizon: "medium",
      cells: [
        { has: "pinned", verdict: "clash", location: place("shop", 5) },
        { has: "recognized", verdict: "clash", location: place("checkout", 7) },
        nothing,
      ],
    }),
    duty({ duty: "vision", title: "Vision", state: "open", cells: [nothing, nothing, nothing] }),
    duty({
      duty: "refinement",
      title: "Refinement",
      role: "product-owner",
      owner: "Product Owner",
      cells: [{ has: "pinned", verdict: "wrong_seat", location: place("shop", 6) }, nothing, nothing],
    }),
    duty({
      duty: "feedback",
      title: "Feedback",
      role: "product-owner",
      owner: "Product Owner",
      state: "open",
      missing_in: ["checkout"],
      cells: [nothing, nothing, nothing],
    }),
    duty({
      duty: "pricing",
      title: "Pricing",
      core: false,
      state: "spare",
      cells: [nothing, nothing, nothing],
    }),
    duty({
      duty: "research",
      title: "Research",
      state: "assumed",
      cells: [{ has: "assumed", verdict: "fine" }, nothing, nothing],
    }),
  ],
  summary: { needed: 5, covered: 3, open: 2, empty: 0, unclear: 0, clashes: 1, misplaced: 1 },
};
