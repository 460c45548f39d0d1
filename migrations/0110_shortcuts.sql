-- Keys of one letter or digit at the front desk can be switched off (WCAG 2.2, 2.1.4): whoever speaks to their
-- machine, or whose hand slips, would press them without meaning to. It is a wish of one member of staff.
alter table staff add column has_shortcuts boolean not null default true;
grant update (has_shortcuts) on staff to rewards_service;
