import type { Metadata } from 'next'
import { ErrorContent } from '#ui/layout/error-content'

export const metadata: Metadata = { title: 'This page could not be shown', robots: { index: false } }

/** Prerendered; the server sends it in place of a page that failed (`server/error-pages.ts`). */
export default function FailurePage() {
  return <ErrorContent />
}
