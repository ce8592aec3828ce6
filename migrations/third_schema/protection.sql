-- Rights and rows as the declared rules now say.
GRANT SELECT, INSERT, UPDATE, DELETE ON own_name_items TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON own_name_reminders TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON own_name_terms TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON post_mailboxes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON returned_letters TO recoup_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recoup_app;
