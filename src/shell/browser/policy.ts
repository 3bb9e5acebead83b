/** What the page may do, said in headers on every answer. Nothing inline, nothing from elsewhere, no frame, no plugin. */

/** `connect` is the one directive in which the shells differ: where a script may connect to. */
export function pageHeaders(connect: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob:",
      "font-src 'self'",
      "media-src 'self' blob:",
      connect,
      "form-action 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'geolocation=(), camera=(), microphone=(), usb=(), serial=(), hid=()',
    'Cache-Control': 'no-store',
  };
}
