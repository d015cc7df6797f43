"""Abbreviations of English, German, Norwegian and Danish whose full stop need not end a sentence."""

from __future__ import annotations

# Followed by what they announce: their stop never ends a sentence.
_ANNOUNCING = """
    mr mrs ms messrs dr prof rev hon gen col capt lt sgt st mt sr fr
    e.g i.e cf vs viz al approx ca c fig figs eq vol vols pp ed eds ch sec para no nos
    z.b d.h u.a v.a i.d.r s.o s.u bzw vgl ggf evtl nr abs art hr fr frl geb gest dipl ing str tel bd hrsg
    f.eks bl.a d.v.s dvs mht ift iht pga jf jfr kap vedr adm dir f.o.m t.o.m s.k kl
"""
NEVER_FINAL = frozenset(_ANNOUNCING.split())

# They close a list or a name as often as not: what follows decides.
_CLOSING = """
    etc jr inc ltd co corp dept univ bros est a.m p.m u.s u.k u.n e.u ph.d m.d b.a m.a a.d b.c
    usw u.s.w etc gmbh
    osv o.l o.s.v m.m m.v m.fl mfl mv
    jan feb mar apr jun jul aug sep sept oct okt nov dec dez des
"""
SOMETIMES_FINAL = frozenset(_CLOSING.split())

# After "3." these show that the stop makes an ordinal, as German and the Scandinavian languages write it.
_MONTH_NAMES = """
    januar jänner februar märz april mai juni juli august september oktober november dezember
    mars desember december marts maj
    jan feb apr jun jul aug sep sept okt nov dez des
"""
MONTHS = frozenset(_MONTH_NAMES.split())
