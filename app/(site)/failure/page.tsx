import type { Metadata } from 'next'
import { Failure } from '#ui/layout/error-content'

export const metadata: Metadata = { title: 'This page could not be shown', robots: { index: false } }

/** Made at build; the server answers with it where a page fails (`server/error-pages.ts`). */
export default function FailurePage() {
  return <Failure />
}
