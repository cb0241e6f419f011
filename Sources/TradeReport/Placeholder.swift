// placeholder, replaced with the first source file
