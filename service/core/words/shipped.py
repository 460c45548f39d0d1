"""What the programs that come with the service are called by staff, by the title that their documents have.

Their documents have one title each, and stay as they are: what was published from them keeps its digest.
"""

from typing import Final

from schemas.program import Title
from service.core.catalogs import by_language

_TITLES: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "Barnett vouchers for days without alcohol (three weeks, a sensor worn day and night)",
        "Rewards for days without alcohol, by a sensor (three weeks, Barnett 2017)",
        "Recompensas por días sin alcohol, con sensor (tres semanas, Barnett 2017)",
    ),
    (
        "Budney vouchers for cannabis (14 weeks, vouchers from week 3)",
        "Rewards for negative cannabis tests (14 weeks, Budney 2006)",
        "Recompensas por pruebas negativas de cannabis (14 semanas, Budney 2006)",
    ),
    (
        "Recovery Incentives (24 weeks)",
        "Recovery Incentives (24 weeks)",
        "Incentivos para la recuperación (24 semanas)",
    ),
    (
        "Carroll vouchers for naltrexone, low value (12 weeks)",
        "Rewards for naltrexone doses, low value (12 weeks, Carroll 2002)",
        "Recompensas por dosis de naltrexona, valor bajo (12 semanas, Carroll 2002)",
    ),
    (
        "Prize draws of CTN-0006 and CTN-0007 (12 weeks, twice a week)",
        "Prize draws of CTN-0006 and CTN-0007 (12 weeks, twice a week)",
        "Boletos con premio de CTN-0006 y CTN-0007 (12 semanas, dos veces por semana)",
    ),
    (
        "Tests on two days a week that are drawn by lot (12 weeks, ours)",
        "Rewards for negative tests on days drawn by lot (12 weeks, two a week)",
        "Recompensas por pruebas negativas en días sorteados (12 semanas, dos por semana)",
    ),
    (
        "Breath tests twice a day for not smoking (two weeks, in the manner of Dallery)",
        "Rewards for not smoking: two breath tests a day (two weeks, in the manner of Dallery)",
        "Recompensas por no fumar: dos pruebas de aliento al día (dos semanas, a la manera de Dallery)",
    ),
    (
        "Dougherty payments for weeks without heavy drinking (12 weeks)",
        "Rewards for weeks without heavy drinking (12 weeks, Dougherty 2015)",
        "Recompensas por semanas sin beber en exceso (12 semanas, Dougherty 2015)",
    ),
    (
        "Halpern rewards for not smoking, to the person alone (six months)",
        "Rewards for not smoking, to the person alone (six months, Halpern 2015)",
        "Recompensas por no fumar, a la persona sola (seis meses, Halpern 2015)",
    ),
    (
        "Heil vouchers for not smoking in pregnancy (in the manner of; to week 24, before the birth)",
        "Rewards for not smoking in pregnancy (to week 24, in the manner of Heil 2008)",
        "Recompensas por no fumar en el embarazo (hasta la semana 24, a la manera de Heil 2008)",
    ),
    (
        "Higgins vouchers for cocaine, first form (12 weeks, four times a week)",
        "Rewards for negative cocaine tests (12 weeks, four times a week, Higgins 1991)",
        "Recompensas por pruebas negativas de cocaína (12 semanas, cuatro veces por semana, Higgins 1991)",
    ),
    (
        "Higgins vouchers for cocaine (12 weeks, three times a week)",
        "Rewards for negative cocaine tests (12 weeks, three times a week, Higgins 1993)",
        "Recompensas por pruebas negativas de cocaína (12 semanas, tres veces por semana, Higgins 1993)",
    ),
    (
        "Higgins vouchers for cocaine (24 weeks, bonuses in the first 12)",
        "Rewards for negative cocaine tests (24 weeks, bonuses in the first 12, Higgins 1994)",
        "Recompensas por pruebas negativas de cocaína (24 semanas, bonos en las primeras 12, Higgins 1994)",
    ),
    (
        "HPTN 065 gift cards for viral suppression (one year, quarterly)",
        "Gift cards for viral suppression (one year, quarterly, HPTN 065)",
        "Tarjetas de regalo por supresión viral (un año, cada trimestre, HPTN 065)",
    ),
    (
        "Intensive outpatient program (six weeks)",
        "Intensive outpatient program (six weeks)",
        "Programa ambulatorio intensivo (seis semanas)",
    ),
    (
        "Intensive outpatient program (four weeks)",
        "Intensive outpatient program (four weeks)",
        "Programa ambulatorio intensivo (cuatro semanas)",
    ),
    (
        "Intensive outpatient program for adolescents (six weeks)",
        "Intensive outpatient program for adolescents (six weeks)",
        "Programa ambulatorio intensivo para adolescentes (seis semanas)",
    ),
    (
        "Step-down after the intensive outpatient program (eight weeks)",
        "Step-down after the intensive outpatient program (eight weeks)",
        "Continuación del programa ambulatorio intensivo (ocho semanas)",
    ),
    ("Matrix Model (16 weeks)", "Matrix Model (16 weeks)", "Modelo Matrix (16 semanas)"),
    (
        "MIEDAR prize draws (12 weeks, twice a week)",
        "Prize draws of MIEDAR (12 weeks, twice a week)",
        "Boletos con premio de MIEDAR (12 semanas, dos veces por semana)",
    ),
    (
        "Recovery incentives that rise by the week (24 weeks, in the manner of Michigan)",
        "Recovery incentives that rise by the week (24 weeks, in the manner of Michigan)",
        "Incentivos para la recuperación que suben cada semana (24 semanas, a la manera de Michigan)",
    ),
    (
        "Romanowich and Lamb, escalating payments for not smoking (12 weeks, five days a week)",
        "Rising rewards for not smoking (12 weeks, five days a week, Romanowich 2015)",
        "Recompensas crecientes por no fumar (12 semanas, cinco días por semana, Romanowich 2015)",
    ),
    (
        "Romanowich and Lamb, fixed payments for not smoking (12 weeks, five days a week)",
        "Fixed rewards for not smoking (12 weeks, five days a week, Romanowich 2015)",
        "Recompensas fijas por no fumar (12 semanas, cinco días por semana, Romanowich 2015)",
    ),
    (
        "Silverman vouchers in methadone care (12 weeks, three times a week)",
        "Rewards for negative cocaine tests in methadone care (12 weeks, Silverman 1996)",
        "Recompensas por pruebas negativas de cocaína con metadona (12 semanas, Silverman 1996)",
    ),
    (
        "Name in the hat, every slip wins (12 weeks, once a week)",
        "Name in the hat, every slip wins (12 weeks, once a week)",
        "Nombres en el sombrero, cada boleto gana (12 semanas, una vez por semana)",
    ),
    (
        "Opioid tests as in Delaware (64 weeks)",
        "Rewards for negative opioid tests (64 weeks, as in Delaware)",
        "Recompensas por pruebas negativas de opioides (64 semanas, como en Delaware)",
    ),
    (
        "Stimulant tests as in Delaware (24 weeks)",
        "Rewards for negative stimulant tests (24 weeks, as in Delaware)",
        "Recompensas por pruebas negativas de estimulantes (24 semanas, como en Delaware)",
    ),
    (
        "Stimulant tests as in Washington and Montana (12 weeks, twice a week)",
        "Rewards for negative stimulant tests (12 weeks, as in Washington and Montana)",
        "Recompensas por pruebas negativas de estimulantes (12 semanas, como en Washington y Montana)",
    ),
    (
        "Veterans' prize program (12 weeks, twice a week)",
        "Veterans' prize program (12 weeks, twice a week)",
        "Programa de premios para veteranos (12 semanas, dos veces por semana)",
    ),
    (
        "Volpp incentives for not smoking (one year)",
        "Rewards for not smoking (one year, Volpp 2009)",
        "Recompensas por no fumar (un año, Volpp 2009)",
    ),
    (
        "Therapeutic workplace, base pay by the hour (24 weeks, in the manner of Silverman and Koffarnus)",
        "Therapeutic workplace, base pay by the hour (24 weeks, in the manner of Silverman and Koffarnus)",
        "Trabajo terapéutico, pago base por hora (24 semanas, a la manera de Silverman y Koffarnus)",
    ),
    (
        "Session-attendance draws (12 weekly sessions, in the manner of XPMI)",
        "Draws for coming to sessions (12 weekly sessions, in the manner of XPMI)",
        "Boletos por venir a sesiones (12 sesiones semanales, a la manera de XPMI)",
    ),
)

SHIPPED: Final = {written: Title(en, es) for written, en, es in _TITLES}
by_language("noun", {title.en: title.en for title in SHIPPED.values()})
"""The titles in both languages, by the one that is written."""
