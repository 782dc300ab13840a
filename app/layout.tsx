import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { ORIGIN_PLACEHOLDER } from '#app/origin'
import { readConfig } from '#lib/config'
import { site } from '#lib/site'
import './globals.css'

/** The origin is a setting: what is prerendered holds a placeholder, which `finishPages` replaces. */
function origin(): string {
  return process.env.NEXT_PHASE === 'phase-production-build' ? ORIGIN_PLACEHOLDER : readConfig().appUrl
}

export const generateMetadata = (): Metadata => ({
  metadataBase: new URL(origin()),
  title: { default: site.name, template: `%s · ${site.name}` },
  description: site.summary,
  applicationName: site.name,
  // Phones would turn billing codes such as 97014 into telephone links; ours are written as links.
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
    <html lang="en-US">
      <body className="bg-paper font-sans antialiased">{children}</body>
    </html>
  )
}
