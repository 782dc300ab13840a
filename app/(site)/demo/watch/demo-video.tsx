/** The operator's video. Its captions are expected beside it, under the same name with `.vtt`. */
export function DemoVideo({ src }: { src: string }) {
  return (
    <video controls preload="metadata" src={src} className="aspect-video w-full rounded-card bg-sunken">
      <track
        kind="captions"
        srcLang="en"
        label="English"
        src={src.replace(/\.\w+(?=$|\?)/, '.vtt')}
        default
      />
      <a href={src}>Download the video of the demo</a>
    </video>
  )
}
