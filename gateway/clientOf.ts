import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { Context } from "hono";
import type { Connection } from "../core/listen.ts";

/** What comes with a request beside it: the connection that it came by; or, for one that a page of ours makes, whom it makes it for. */
export interface CameBy extends Connection {
  readonly client?: string | null;
  /** How long its operation may take, in milliseconds, where that is more than for everybody. */
  readonly patienceMs?: number;
}

/** Addresses from which a proxy of whoever runs this asks: this machine's, and those of private networks. */
const nearby = new BlockList();
nearby.addSubnet("127.0.0.0", 8, "ipv4");
nearby.addSubnet("10.0.0.0", 8, "ipv4");
nearby.addSubnet("172.16.0.0", 12, "ipv4");
nearby.addSubnet("192.168.0.0", 16, "ipv4");
nearby.addAddress("::1", "ipv6");
nearby.addSubnet("fc00::", 7, "ipv6");

/**
 * What stands for the network that somebody asks from: to count by, and to be kept no longer than that. Where it is asked from nearby, that may be a proxy, and the last address that it says it was asked from counts; whoever is nearby
 * themselves can say what they like there. Of IPv6 it is the network of one connection, whose addresses are all its owner's. Null where it is not known.
 */
export function clientOf(request: Context): string | null {
  const { client, incoming } = (request.env ?? {}) as CameBy;
  if (client !== undefined) return client;
  const direct = plain(incoming?.socket.remoteAddress ?? "");
  const last = plain(request.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "");
  return networkOf(isNearby(direct) && networkOf(last) !== null ? last : direct);
}

/** An IPv4 address as such, also where it is written as IPv6. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, "");
}

function isNearby(address: string): boolean {
  if (isIPv4(address)) return nearby.check(address, "ipv4");
  return isIPv6(address) && nearby.check(address, "ipv6");
}

function networkOf(address: string): string | null {
  if (isIPv4(address)) return address;
  if (!isIPv6(address) || address.includes("%")) return isIPv6(address) ? address : null;
  const [before = "", after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = before === "" ? [] : before.split(":");
  const missing = after === undefined ? 0 : 8 - groups.length - (after === "" ? 0 : after.split(":").length);
  return [...groups, ...Array.from({ length: missing }, () => "0"), ...(after ?? "").split(":")].slice(0, 4).join(":");
}
