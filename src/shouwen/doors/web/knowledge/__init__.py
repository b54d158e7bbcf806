"""Knowledge 知识: articles, taboo phrases, records of a shift, summaries, the bulletin board."""
