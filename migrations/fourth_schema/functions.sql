-- What shows our right to collect becomes one of the client's papers.
CREATE TABLE kept_authority_papers AS SELECT * FROM authority_papers;
