import { createRoute } from "@hono/zod-openapi";
import { CALENDAR, calendarText } from "@quasarix/shared/duplicate/calendar.ts";
import { eventsOf } from "@quasarix/shared/duplicate/calendar-events.ts";
import { calendarFacts } from "../store/calendar.ts";
import type { Api } from "./app.ts";
import { deskOf } from "./desk.ts";
import { problems, signed } from "./problem-responses.ts";
import { rawRoute } from "./raw-route.ts";

const calendar = createRoute({
  method: "get",
  path: "/v1/calendar.ics",
  summary: "Your own calendar (RFC 5545): audits that you plan or share, audits that expire, what customers need",
  description: `From today on; of audits that expire the next 500 within a year, of the sites on your list and your own, and
of those that you recognised, handed in or signed. It names nobody.`,
  security: signed,
  responses: {
    200: { description: "An iCalendar file", content: { [CALENDAR]: { schema: { type: "string" } } } },
    ...problems,
  },
});

/** Nothing but the asker's own, so that there is nothing to refuse. */
export function calendars(app: Api): void {
  rawRoute(app, calendar, async (c) => {
    const { origin } = deskOf(c.env);
    const ports = { db: c.var.db, origin, planKey: c.var.vault.planKey(), now: c.var.now() };
    const text = calendarText("Quasarix Trace", eventsOf(origin, await calendarFacts(ports, c.var.principal)));
    const headers = { "Content-Type": CALENDAR, "Content-Disposition": 'attachment; filename="quasarix.ics"' };
    return c.body(text, 200, headers);
  });
}
