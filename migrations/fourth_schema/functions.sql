-- What shows our right to collect becomes one of the client's papers.
CREATE TABLE kept_authority_papers AS SELECT * FROM authority_papers;
-- What clients decided about visits joins what they are asked about otherwise.
CREATE TABLE kept_visit_decisions AS SELECT * FROM visit_decisions;
