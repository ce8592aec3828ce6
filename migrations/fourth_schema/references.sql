-- What refers to a table of a later slice.
DROP TABLE authority_papers;
