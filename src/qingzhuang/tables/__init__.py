"""Tables in and out: Excel, CSV and Parquet. Every bad cell is named by sheet, row and column. And rule packs from their folders."""
