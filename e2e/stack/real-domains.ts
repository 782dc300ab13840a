/** Domains that people have mail at: no suggestion may doubt them. Many are one letter away from a large provider. */
export const realDomains = `
gmail.com googlemail.com google.com mail.com email.com ymail.com rocketmail.com yahoo.com yahoo.ca yahoo.co.uk yahoo.co.in
yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.com.br yahoo.com.mx yahoo.com.au yahoo.co.jp myyahoo.com hotmail.com hotmail.ca
hotmail.co.uk hotmail.fr hotmail.de hotmail.es hotmail.it hotmail.nl hotmail.se outlook.com outlook.fr outlook.de outlook.es
outlook.it outlook.jp outlook.in outlook.com.br live.com live.ca live.co.uk live.fr live.nl live.se live.it live.com.au msn.com
passport.com icloud.com me.com mac.com aol.com aol.co.uk aim.com wow.com games.com love.com ygm.com verizon.net verizon.com
att.com att.net sbcglobal.net sbc.com bellsouth.net pacbell.net ameritech.net swbell.net snet.net flash.net nvbell.net
comcast.net comcast.com xfinity.com cox.net cox.com charter.net charter.com spectrum.net spectrum.com twc.com rr.com
roadrunner.com earthlink.net mindspring.com juno.com netzero.net netzero.com optonline.net optimum.net cablevision.com
suddenlink.net frontier.com frontiernet.net windstream.net centurylink.net centurytel.net embarqmail.com q.com qwest.net
tds.net hughes.net wildblue.net wowway.com rcn.com mediacombb.net bresnan.net cableone.net sparklight.com consolidated.net
gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.us gmx.fr gmx.co.uk web.de t-online.de freenet.de arcor.de posteo.de mailbox.org
proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io tuta.com hey.com fastmail.com fastmail.fm zoho.com
zohomail.com hushmail.com hush.com runbox.com startmail.com inbox.com inbox.lv lycos.com excite.com usa.com usa.net
myself.com consultant.com post.com dr.com doctor.com chiropractor.com engineer.com techie.com europe.com asia.com iname.com
mail.ru bk.ru list.ru inbox.ru yandex.com yandex.ru ya.ru rambler.ru qq.com foxmail.com 163.com 126.com yeah.net sina.com
sohu.com aliyun.com naver.com daum.net hanmail.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp orange.fr wanadoo.fr
free.fr laposte.net sfr.fr neuf.fr numericable.fr bbox.fr libero.it virgilio.it tiscali.it alice.it tin.it tim.it poste.it
telenet.be skynet.be proximus.be ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl upcmail.nl bluewin.ch hispeed.ch sunrise.ch
aon.at chello.at a1.net seznam.cz centrum.cz email.cz wp.pl o2.pl onet.pl interia.pl abv.bg mail.bg ukr.net i.ua telia.com
telia.se online.no broadpark.no tdc.dk mail.dk kolumbus.fi luukku.com btinternet.com btopenworld.com sky.com virginmedia.com
ntlworld.com blueyonder.co.uk talktalk.net tiscali.co.uk plus.net eircom.net bigpond.com bigpond.net.au optusnet.com.au
iinet.net.au xtra.co.nz telkomsa.net mweb.co.za rediffmail.com sify.com indiatimes.com uol.com.br bol.com.br terra.com.br
ig.com.br globo.com prodigy.net.mx telus.net shaw.ca rogers.com bell.net sympatico.ca videotron.ca cogeco.ca eastlink.ca
aon.com amt.net art.net act.net ant.net apt.net at.net attn.com aol.de alo.com all.com ail.com gail.com aob.com ao.com pol.com
eol.com bol.com col.com dol.com sol.com mol.com msc.com msi.com man.com mtn.com men.com man.net msn.net line.com like.com
life.com lite.com five.com give.com dive.com olive.com alive.com lives.com love.net move.com nine.com mar.com max.com map.com
mail.net gmx.org cmail.com fmail.com hmail.com jmail.com kmail.com tmail.com umail.com zmail.com vmail.com smail.com emails.com
mails.com mailer.com mailbox.com maill.com gmass.co gmac.com gml.com gmx.info gmi.com gmb.com yahoos.com wahoo.com yoho.com
yahoo-inc.com tahoe.com cloud.com clouds.com iclouds.com outlooks.com outlast.com outlawn.com lookout.com hotmailbox.com
hotels.com hot.com hotel.com comcast.org concast.com combat.net compast.com contrast.net horizon.net horizon.com vericon.com
photon.me croton.me proton.com protons.me cox.org cos.com fox.com box.com cog.com mcx.com mex.com met.com mec.com mc.com mic.com
mae.com ma.com ms.com mi.com we.com he.com de.com hay.com key.com they.com grey.com hex.com her.com hem.com hez.com trackstat.org
ucla.edu usc.edu stanford.edu palmer.edu logan.edu life.edu nih.gov cms.gov va.gov kp.org sutterhealth.org
`
  .trim()
  .split(/\s+/)
