"""The ground of every page: who may see it, how it is read, said in a language, and drawn."""
