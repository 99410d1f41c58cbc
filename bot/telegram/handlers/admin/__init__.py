"""What only owners and admins may do; every act asks for the role anew."""
