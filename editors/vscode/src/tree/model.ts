// The tree of teams, roles and holders, without VS Code.

import type { Group, Holder, Overview, Place, Seat, Unit } from "../protocol.ts";
import { count, standing } from "../words.ts";

/** A line of the tree. */
export interface Line {
  /** The same for the same thing, so that it stays open when the tree is made anew. */
  readonly id: string;
  readonly kind: "group" | "unit" | "seat" | "holder" | "more";
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly icon: string;
  /** Whether somebody should look at it. */
  readonly alarming: boolean;
  readonly place: Place | undefined;
  readonly children: readonly Line[];
  /** The product or team that the coverage of this line is about. */
  readonly about: Group | undefined;
}

/** The lines of the tree. */
export function lines(overview: Overview): Line[] {
  const all = overview.groups.map(groupLine);
  if (overview.left_out > 0) {
    all.push({
      ...NOTHING,
      id: "more",
      kind: "more",
      label: `and ${count(overview.left_out, "more product")}`,
      tooltip: "Search for a symbol in the workspace to find a team, role or person that is not shown here.",
      spoken: `and ${count(overview.left_out, "more product")}, not shown`,
      icon: "ellipsis",
    });
  }
  return all;
}

const NOTHING = {
  description: "",
  tooltip: "",
  alarming: false,
  place: undefined,
  children: [],
  about: undefined,
} as const;

function groupLine(group: Group): Line {
  const id = `${group.kind}:${group.location.uri}:${group.id}`;
  const own = group.units.filter((unit) => unit.kind === group.kind && unit.id === group.id);
  const teams = group.units.filter((unit) => !own.includes(unit));
  const label = named(group);
  const stands = standing(group.summary);
  const description = group.defined ? stands : `not defined in any file${stands === "" ? "" : `, ${stands}`}`;
  return {
    id,
    kind: "group",
    label,
    description,
    tooltip: `${capital(group.kind)} \`${group.id}\`: ${description === "" ? "no duty has to be held here" : description}`,
    spoken: spoken(`${label}, ${group.kind}`, description),
    icon: group.kind === "product" ? "package" : "organization",
    alarming: group.summary.open > 0 || group.summary.empty > 0 || group.summary.clashes > 0 || !group.defined,
    place: group.location,
    children: [
      ...own.flatMap((unit) => unit.seats.map((seat, at) => seatLine(seat, `${id}/${at}`, group))),
      ...teams.map((team) => unitLine(team, id, group)),
    ],
    about: group,
  };
}

function unitLine(unit: Unit, parent: string, group: Group): Line {
  const id = `${parent}/${unit.kind}:${unit.id}:${unit.location.uri}`;
  const empty = unit.seats.filter((seat) => seat.state !== "held").length;
  const description = empty > 0 ? count(empty, "empty seat") : "";
  return {
    id,
    kind: "unit",
    label: named(unit),
    description,
    tooltip: `${capital(unit.kind)} \`${unit.id}\``,
    spoken: spoken(`${named(unit)}, ${unit.kind}`, description),
    icon: "organization",
    alarming: false,
    place: unit.location,
    children: unit.seats.map((seat, at) => seatLine(seat, `${id}/${at}`, group)),
    about: group,
  };
}

function seatLine(seat: Seat, id: string, group: Group): Line {
  const who = seat.holders.map((holder) => holder.name).join(", ");
  const cover = seat.cover === null ? "" : `, covered by ${seat.cover}`;
  const description =
    who !== "" ? who : seat.state === "vacant" ? `vacant${cover}` : seat.state === "held" ? "held" : "nobody is named";
  return {
    id,
    kind: "seat",
    label: seat.title,
    description,
    tooltip: `${seat.title}: ${description}`,
    spoken: spoken(seat.title, description),
    icon: seat.state === "held" ? "person" : "circle-slash",
    alarming: seat.state === "vacant",
    place: seat.location,
    children: seat.holders.map((holder, at) => holderLine(holder, `${id}/${at}`, group)),
    about: group,
  };
}

function holderLine(holder: Holder, id: string, group: Group): Line {
  const status = holder.status === "permanent" ? "" : holder.status;
  return {
    ...NOTHING,
    id,
    kind: "holder",
    label: holder.name,
    description: status,
    tooltip: holder.name === holder.person ? holder.name : `${holder.name}, written \`${holder.person}\``,
    spoken: spoken(holder.name, status),
    icon: "account",
    place: holder.location,
    about: group,
  };
}

function named(thing: { readonly id: string; readonly name: string | null }): string {
  return thing.name ?? (thing.id === "" ? "without a name" : thing.id);
}

function spoken(what: string, description: string): string {
  return description === "" ? what : `${what}, ${description}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
