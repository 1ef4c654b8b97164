import { secureHeaders } from "hono/secure-headers";

/** Of every answer; a route that needs another value sets its own first. */
export const securityHeaders = secureHeaders({
  overwrite: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
  crossOriginResourcePolicy: "same-origin",
  crossOriginOpenerPolicy: "same-origin",
  referrerPolicy: "no-referrer",
  strictTransportSecurity: "max-age=63072000; includeSubDomains",
  xFrameOptions: "DENY",
  xXssProtection: "0",
  permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
});
