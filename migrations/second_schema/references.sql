-- What refers to a table of a later slice.
ALTER TABLE team_clients
    ADD CONSTRAINT fk_team_clients_client_id FOREIGN KEY(client_id) REFERENCES creditors (id);
