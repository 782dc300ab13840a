export { SiteFrame as default } from '#ui/site-frame'
