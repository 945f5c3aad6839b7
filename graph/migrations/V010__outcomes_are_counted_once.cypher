// What came of referrals is kept as one count for each step, month, area, kind of referrer, outcome and measure. The constraint is also what makes two who record the
// same at once make one node. `measure` is 'NONE' where nothing was measured: a constraint leaves alone what lacks one of its properties.

CREATE CONSTRAINT referralOutcome_key_unique IF NOT EXISTS
FOR (counted:ReferralOutcome) REQUIRE (counted.stepId, counted.month, counted.areaId, counted.referrerId, counted.outcome, counted.measure) IS UNIQUE;

// Reports are of one year.
CREATE INDEX referralOutcome_month_range IF NOT EXISTS
FOR (counted:ReferralOutcome) ON (counted.month);
