'use client'

import { sans } from '#app/typeface'
import { Failure } from '#ui/failure'
import { SiteFrame } from '#ui/site-frame'
import './globals.css'

/** Stands in for the root layout too, so it brings the document, the style and the typeface itself. */
export default function GlobalError() {
  return (
    <html lang="en-US" className={sans.variable}>
      <body className="bg-paper font-sans antialiased">
        <title>This page could not be shown · TrackStat</title>
        <meta name="robots" content="noindex" />
        <SiteFrame>
          <Failure />
        </SiteFrame>
      </body>
    </html>
  )
}
