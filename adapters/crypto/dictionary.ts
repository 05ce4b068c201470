/**
 * Texts that records repeat, given to the compressor beforehand: a household of two then fits in the kilobyte that a write unit
 * pays for. Envelopes can only be opened with the very dictionary they were sealed with, so this one is part of the format
 * and is never edited; a better one would be another version. What occurs most stands last, where references to it are shortest.
 */
export const dictionary = Buffer.from(
  [
    '"compulsory-drug-treatment""declared-missing""clergy-away-3-years""imprisoned"',
    '"housing-fund""business-registration""real-estate""social-insurance""household-registration""disability-certificates"',
    '"hospital-bills""vehicles""bank""tax""roster""psychiatric""intellectual""multiple""speech""hearing""visual""physical"',
    '"kind":"rehabilitation-receipts""education-receipts""medical-receipts""enrolment-certificate""illness-diagnosis"',
    '"investigators":["at":"by":"outcome":"assessed""confirmed""returned""panel-answered""papers-supplied""note":null,"requestHash":"',
    '{"objectionId":"obj_","raisedAt":"","grounds":"',
    '"item":"minimum-living-allowance","personId":null,"amount":,"period":"month"},{"item":"single-person-entry-allowance"',
    '"extreme-hardship-basic""extreme-hardship-care"',
    '"tier":"EXTREME_HARDSHIP""RIGID_EXPENDITURE""OTHER_LOW_INCOME""MARGINAL""MINIMUM_LIVING_ALLOWANCE""SINGLE_PERSON_ENTRY""AS_HOUSEHOLD""NONE"',
    '{"kind":"disability-certificate","personId":"per_","receivedOn":"20',
    '{"kind":"income-proof","personId":"per_{"kind":"identity-document","personId":"per_{"kind":"consent","personId":"per_',
    '[[{"kind":"truth-declaration","personId":null,"receivedOn":"2026-},{"kind":"household-register","personId":null,"receivedOn":"2026-',
    '","givenOn":"20","expiresOn":"20","name":"","residentId":"149901',
    '"registeredDivision":"14","residenceDivision":"14","settlement":"urban","settlement":"rural","members":[{"personId":"per_',
    '","relation":"grandparent""grandchild""sibling""parent""child""spouse""applicant","birthDate":"19',
    '","sex":"female","sex":"male","fullTimeStudent":false,"notCounted":null,"tier":"NONE","deceasedOn":null},',
    '],"facts":[{"kind":"expenditure.medical""expenditure.education""expenditure.rehabilitation"',
    '"kind":"exit.on","unit":"date""kind":"supporters.capable","unit":"persons""kind":"self-care.failed","unit":"indicators-of-six"',
    '"kind":"illness.major","value":true,"unit":"yes-no""kind":"disability","value":{"category":"","level":},"unit":"certificate"',
    '"kind":"asset.businesses","unit":"registrations""kind":"asset.non-residential","unit":"properties"',
    '"kind":"asset.vehicles","unit":"vehicles""kind":"asset.dwellings","value":1,"unit":"dwellings""kind":"asset.financial","unit":"fen"',
    '"kind":"income.exempt""kind":"income.other""kind":"income.property""kind":"income.business""kind":"income.transfer"',
    '"dataset":"field-assessment"},"householdId":"hh_","kind":"income.wages","subject":"hh_","value":0,"unit":"fen",',
    '"subject":"per_","value":00000,"unit":"fen-per-12-months","dataset":"declaration","asOf":"2026-","recordedAt":"2026-T00:00:00.000Z"},{"kind":"',
  ].join(''),
);
