"""The report: figures from the results, tables, a chart, the page."""
