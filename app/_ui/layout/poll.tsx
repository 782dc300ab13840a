'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 4000
const TIMES = 30

/**
 * Asks the server for the page's present content every few seconds, two minutes long, while it is looked at.
 * Nothing is loaded anew, so nothing flashes, and focus and place stay; without script there is the link.
 */
export function LookAgain({ href }: { href: string }) {
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
