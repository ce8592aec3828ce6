-- What refers to a table of a later slice.
DROP TABLE visit_decisions;
DROP TABLE authority_papers;
