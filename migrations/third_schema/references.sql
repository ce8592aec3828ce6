-- What refers to a table of a later slice.
DROP TABLE plan_decisions;
