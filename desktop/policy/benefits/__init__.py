"""What expenses are paid: who is served by what, what keeps an expense out, and the year's deductible, ratios and caps."""
