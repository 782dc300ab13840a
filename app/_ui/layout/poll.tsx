'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 4000
const TIMES = 30

/**
 * Refreshes the page's content every four seconds for two minutes, while it is visible. No reload, so that focus and
 * scroll position stay. Without script the link works. `server/routes.ts` allows these pages' data to be fetched.
 */
export function Poll({ href }: { href: string }) {
  const { refresh } = useRouter()
  useEffect(() => {
    let left = TIMES
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return
      if (left-- > 0) refresh()
      else clearInterval(timer)
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [refresh])
  return (
    <a href={href} className="link font-semibold">
      Check again
    </a>
  )
}
