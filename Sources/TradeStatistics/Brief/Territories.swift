/// Names of countries and territories as they stand in series' names, with their Chinese names.
///
/// They tell a partner (`…/peru`) from a category (`…/flake`), and name it in a Chinese text. A name that is missing here can
/// still be a partner: `…/partner/atlantis`.
package enum Territories {
  /// Countries, territories and unions that report or are reported as partners in trade.
  package static let chinese: [String: String] = [
    "afghanistan": "阿富汗", "albania": "阿尔巴尼亚", "algeria": "阿尔及利亚", "andorra": "安道尔", "angola": "安哥拉",
    "argentina": "阿根廷", "armenia": "亚美尼亚", "aruba": "阿鲁巴", "australia": "澳大利亚", "austria": "奥地利",
    "azerbaijan": "阿塞拜疆", "bahamas": "巴哈马", "bahrain": "巴林", "bangladesh": "孟加拉国", "barbados": "巴巴多斯",
    "belarus": "白俄罗斯", "belgium": "比利时", "belize": "伯利兹", "benin": "贝宁", "bermuda": "百慕大", "bhutan": "不丹",
    "bolivia": "玻利维亚", "bosnia-and-herzegovina": "波黑", "botswana": "博茨瓦纳", "brazil": "巴西", "brunei": "文莱",
    "bulgaria": "保加利亚", "burkina-faso": "布基纳法索", "burundi": "布隆迪", "cambodia": "柬埔寨", "cameroon": "喀麦隆",
    "canada": "加拿大", "cape-verde": "佛得角", "central-african-republic": "中非", "chad": "乍得", "chile": "智利",
    "china": "中国", "colombia": "哥伦比亚", "comoros": "科摩罗", "congo": "刚果（布）", "costa-rica": "哥斯达黎加",
    "cote-d-ivoire": "科特迪瓦", "croatia": "克罗地亚", "cuba": "古巴", "cyprus": "塞浦路斯", "czechia": "捷克",
    "czech-republic": "捷克", "democratic-republic-of-the-congo": "刚果（金）", "dr-congo": "刚果（金）",
    "denmark": "丹麦", "djibouti": "吉布提", "dominican-republic": "多米尼加", "east-timor": "东帝汶",
    "ecuador": "厄瓜多尔", "egypt": "埃及", "el-salvador": "萨尔瓦多", "equatorial-guinea": "赤道几内亚",
    "eritrea": "厄立特里亚", "estonia": "爱沙尼亚", "eswatini": "斯威士兰", "ethiopia": "埃塞俄比亚",
    "european-union": "欧盟", "fiji": "斐济", "finland": "芬兰", "france": "法国", "gabon": "加蓬",
    "gambia": "冈比亚", "georgia": "格鲁吉亚", "germany": "德国", "ghana": "加纳", "greece": "希腊",
    "greenland": "格陵兰", "guatemala": "危地马拉", "guinea": "几内亚", "guinea-bissau": "几内亚比绍", "guyana": "圭亚那",
    "haiti": "海地", "honduras": "洪都拉斯", "hong-kong": "香港", "hungary": "匈牙利", "iceland": "冰岛",
    "india": "印度", "indonesia": "印度尼西亚", "iran": "伊朗", "iraq": "伊拉克", "ireland": "爱尔兰", "israel": "以色列",
    "italy": "意大利", "ivory-coast": "科特迪瓦", "jamaica": "牙买加", "japan": "日本", "jordan": "约旦",
    "kazakhstan": "哈萨克斯坦", "kenya": "肯尼亚", "kuwait": "科威特", "kyrgyzstan": "吉尔吉斯斯坦", "laos": "老挝",
    "latvia": "拉脱维亚", "lebanon": "黎巴嫩", "lesotho": "莱索托", "liberia": "利比里亚", "libya": "利比亚",
    "liechtenstein": "列支敦士登", "lithuania": "立陶宛", "luxembourg": "卢森堡", "macao": "澳门", "macau": "澳门",
    "madagascar": "马达加斯加", "malawi": "马拉维", "malaysia": "马来西亚", "maldives": "马尔代夫", "mali": "马里",
    "malta": "马耳他", "mauritania": "毛里塔尼亚", "mauritius": "毛里求斯", "mexico": "墨西哥", "moldova": "摩尔多瓦",
    "monaco": "摩纳哥", "mongolia": "蒙古", "montenegro": "黑山", "morocco": "摩洛哥", "mozambique": "莫桑比克",
    "myanmar": "缅甸", "namibia": "纳米比亚", "nepal": "尼泊尔", "netherlands": "荷兰",
    "new-caledonia": "新喀里多尼亚", "new-zealand": "新西兰", "nicaragua": "尼加拉瓜", "niger": "尼日尔",
    "nigeria": "尼日利亚", "north-korea": "朝鲜", "north-macedonia": "北马其顿", "norway": "挪威", "oman": "阿曼",
    "pakistan": "巴基斯坦", "palestine": "巴勒斯坦", "panama": "巴拿马", "papua-new-guinea": "巴布亚新几内亚",
    "paraguay": "巴拉圭", "peru": "秘鲁", "philippines": "菲律宾", "poland": "波兰", "portugal": "葡萄牙",
    "puerto-rico": "波多黎各", "qatar": "卡塔尔", "romania": "罗马尼亚", "russia": "俄罗斯", "rwanda": "卢旺达",
    "samoa": "萨摩亚", "saudi-arabia": "沙特阿拉伯", "senegal": "塞内加尔", "serbia": "塞尔维亚", "seychelles": "塞舌尔",
    "sierra-leone": "塞拉利昂", "singapore": "新加坡", "slovakia": "斯洛伐克", "slovenia": "斯洛文尼亚",
    "solomon-islands": "所罗门群岛", "somalia": "索马里", "south-africa": "南非", "south-korea": "韩国",
    "korea": "韩国", "south-sudan": "南苏丹", "spain": "西班牙", "sri-lanka": "斯里兰卡", "sudan": "苏丹",
    "suriname": "苏里南", "sweden": "瑞典", "switzerland": "瑞士", "syria": "叙利亚", "taiwan": "台湾",
    "tajikistan": "塔吉克斯坦", "tanzania": "坦桑尼亚", "thailand": "泰国", "togo": "多哥", "tonga": "汤加",
    "trinidad-and-tobago": "特立尼达和多巴哥", "tunisia": "突尼斯", "turkey": "土耳其", "turkiye": "土耳其",
    "turkmenistan": "土库曼斯坦", "uganda": "乌干达", "ukraine": "乌克兰", "united-arab-emirates": "阿联酋",
    "uae": "阿联酋", "united-kingdom": "英国", "uk": "英国", "united-states": "美国", "usa": "美国", "us": "美国",
    "uruguay": "乌拉圭", "uzbekistan": "乌兹别克斯坦", "vanuatu": "瓦努阿图", "venezuela": "委内瑞拉", "vietnam": "越南",
    "yemen": "也门", "zambia": "赞比亚", "zimbabwe": "津巴布韦",
  ]

  /// Provinces of China.
  package static let chineseProvinces: [String: String] = [
    "anhui": "安徽", "beijing": "北京", "chongqing": "重庆", "fujian": "福建", "gansu": "甘肃", "guangdong": "广东",
    "guangxi": "广西", "guizhou": "贵州", "hainan": "海南", "hebei": "河北", "heilongjiang": "黑龙江", "henan": "河南",
    "hubei": "湖北", "hunan": "湖南", "inner-mongolia": "内蒙古", "jiangsu": "江苏", "jiangxi": "江西",
    "jilin": "吉林", "liaoning": "辽宁", "ningxia": "宁夏", "qinghai": "青海", "shaanxi": "陕西", "shandong": "山东",
    "shanghai": "上海", "shanxi": "山西", "sichuan": "四川", "tianjin": "天津", "tibet": "西藏", "xinjiang": "新疆",
    "yunnan": "云南", "zhejiang": "浙江",
  ]
}
