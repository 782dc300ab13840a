import { readConfig } from '#lib/config'
import { site } from '#lib/site'

/**
 * The company's card for an address book. vCard 3.0 (RFC 2426), because Outlook still does not read 4.0;
 * lines end in CRLF.
 */
export function GET(): Response {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${escapeValue(site.name)};;;;`,
    `FN:${escapeValue(site.name)}`,
    `ORG:${escapeValue(site.name)}`,
    `TEL;TYPE=WORK,VOICE:${site.phoneE164}`,
    `EMAIL;TYPE=INTERNET,PREF:${site.email}`,
    `ADR;TYPE=WORK:;;;${[site.locality, site.region, site.postalCode, site.country].map(escapeValue).join(';')}`,
    `URL:${readConfig().appUrl}`,
    'END:VCARD',
  ]
  return new Response(`${lines.join('\r\n')}\r\n`, {
    headers: {
      'Content-Type': 'text/vcard; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
      'Content-Disposition': `attachment; filename="${site.name}.vcf"`,
    },
  })
}

/** RFC 2426 §4: these characters would end a value. */
function escapeValue(value: string): string {
  return value.replace(/[\\,;]/g, '\\$&')
}
