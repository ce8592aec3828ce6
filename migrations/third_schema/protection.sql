-- Rights as the declared rules now say.
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recoup_app;
