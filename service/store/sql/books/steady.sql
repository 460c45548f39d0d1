-- Every later query of the transaction sees the same books, while others go on writing.
set transaction isolation level repeatable read, read only
