import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { typeface } from '#app/_ui/layout/typeface'
import { publicOrigin } from '#lib/placeholders/settings'
import { site } from '#lib/site'
import './globals.css'

export const generateMetadata = (): Metadata => ({
  metadataBase: new URL(publicOrigin()),
  title: { default: site.name, template: `%s · ${site.name}` },
  description: site.summary,
  applicationName: site.name,
  openGraph: { type: 'website', siteName: site.name, locale: 'en_US' },
  twitter: { card: 'summary_large_image' },
  // Phones would link billing codes such as 97014 as phone numbers.
  formatDetection: { telephone: false, email: false, address: false },
})

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfbf8' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1613' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en-US" className={`${typeface.variable} scroll-pt-6 bg-paper motion-safe:scroll-smooth`}>
      {/* A long address or word must break rather than push a 320 px page sideways (WCAG 1.4.10). */}
      <body className="bg-paper font-sans text-base wrap-break-word text-ink antialiased selection:bg-accent selection:text-on-accent">
        {/* React moves it to the head. In the metadata a page's own `alternates` (canonical) would replace it. */}
        <link rel="alternate" type="application/atom+xml" title={site.name} href="/feed.xml" />
        {children}
      </body>
    </html>
  )
}
