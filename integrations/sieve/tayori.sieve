require ["fileinto"];

# Filed by Tayori's decision, in front of whatever rules the user has.
if header :matches "Tayori-Decision" "junk;*" {
    fileinto "Junk";
    stop;
}
