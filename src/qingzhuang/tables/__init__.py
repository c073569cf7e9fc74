"""Tables in and out: Excel, CSV and Parquet. Every bad cell is named by sheet, row and column."""

from qingzhuang.tables.describe import describe, describe_note
from qingzhuang.tables.errors import BadInput, Problem
from qingzhuang.tables.inventory import InventoryRead, read_inventory
from qingzhuang.tables.marked import write_marked

__all__ = ["BadInput", "InventoryRead", "Problem", "describe", "describe_note", "read_inventory", "write_marked"]
